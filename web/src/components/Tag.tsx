import { useLingui } from '@lingui/react/macro'
import { Icon } from '../ui/Icon.tsx'
import classes from './Tag.module.css'

export function Tag({ name }: { name: string }) {
  return <span className={classes.tag}>{name}</span>
}

/** A tag of the client's, told apart by its mark as well as by its colour. */
export function ClientTag({ name }: { name: string }) {
  const { t } = useLingui()
  return (
    <span className={`${classes.tag} ${classes.client}`} title={t`Tag of the client: ${name}`}>
      <Icon name="person" size={11} />
      <span className={classes.heard}>{t`Tag of the client:`} </span>
      {name}
    </span>
  )
}

/** The first tags that fit in a cell, and how many more there are. */
export function Tags({ names, client = [], most = 2 }: { names: string[]; client?: string[]; most?: number }) {
  if (names.length + client.length === 0) return <>—</>
  const own = names.slice(0, most)
  const theirs = client.slice(0, most - own.length)
  const more = names.length + client.length - own.length - theirs.length
  return (
    <span className={classes.tags} title={[...names, ...client].join(', ')}>
      {own.map((name) => (
        <Tag key={name} name={name} />
      ))}
      {theirs.map((name) => (
        <ClientTag key={name} name={name} />
      ))}
      {more > 0 && <span className={classes.more}>+{more}</span>}
    </span>
  )
}
