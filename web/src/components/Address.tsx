import { useLingui } from '@lingui/react/macro'
import { CopyButton } from '../ui/CopyButton.tsx'
import classes from './Address.module.css'
import { useFormat } from './format.ts'

export type AddressParts = {
  name: string
  company: string
  line1: string
  line2: string
  line3: string
  city: string
  region: string
  postcode: string
  country: string
}

/** What of an address says roughly where it is, and not whose it is. */
export type PlaceParts = Pick<AddressParts, 'region' | 'postcode' | 'country'>

/** The town's line as the post of the country wants it. */
function townLine({ city, region, postcode, country }: PlaceParts & { city: string }): string {
  if (['US', 'CA', 'AU'].includes(country)) return [city, `${region} ${postcode}`.trim()].filter(Boolean).join(', ')
  if (country === 'GB' || country === 'IE') return [city, region, postcode].filter(Boolean).join(', ')
  return [`${postcode} ${city}`.trim(), region].filter(Boolean).join(', ')
}

/** An address as it stands on a label, with a button that copies it. */
export function Address({ address }: { address: AddressParts }) {
  const { t } = useLingui()
  const { country } = useFormat()
  const { name, company, line1, line2, line3 } = address
  const lines = [name, company, line1, line2, line3, townLine(address), country(address.country)].filter(Boolean)
  return (
    <div className={classes.address}>
      <address>
        {lines.map((line) => (
          <div key={line}>{line}</div>
        ))}
      </address>
      <CopyButton value={lines.join('\n')} name={t`the address`} />
    </div>
  )
}

/** Roughly where something goes, for who may not see to whom. */
export function Place({ place }: { place: PlaceParts }) {
  const { country } = useFormat()
  const lines = [townLine({ ...place, city: '' }), country(place.country)].filter(Boolean)
  return lines.length === 0 ? '—' : lines.map((line) => <div key={line}>{line}</div>)
}
