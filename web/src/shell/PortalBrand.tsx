import { imageUrl, portal } from '../portal.ts'
import classes from './PortalBrand.module.css'

/** The portal's own mark: its logo, that of dark pages on a dark one, or its name. */
export function PortalBrand({ name }: { name: string }) {
  const light = portal?.images['logo-light'] ?? portal?.images['logo-dark']
  const dark = portal?.images['logo-dark'] ?? light
  if (!light || !dark) return <span className={classes.name}>{name}</span>
  return (
    <>
      <img className={classes.light} src={imageUrl(light)} alt={name} />
      <img className={classes.dark} src={imageUrl(dark)} alt={name} />
    </>
  )
}
