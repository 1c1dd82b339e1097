import classes from './Tag.module.css'

export function Tag({ name }: { name: string }) {
  return <span className={classes.tag}>{name}</span>
}

/** The first tags that fit in a cell, and how many more there are. */
export function Tags({ names, most = 2 }: { names: string[]; most?: number }) {
  if (names.length === 0) return <>—</>
  return (
    <span className={classes.tags} title={names.join(', ')}>
      {names.slice(0, most).map((name) => (
        <Tag key={name} name={name} />
      ))}
      {names.length > most && <span className={classes.more}>+{names.length - most}</span>}
    </span>
  )
}
