import { readStored, writeStored } from '../../preferences.ts'

/** Carriers offered while typing; any other name may be typed. */
export const carriers = [
  'Chronopost',
  'Colissimo',
  'DHL',
  'DPD',
  'FedEx',
  'GLS',
  'La Poste',
  'Mondial Relay',
  'PostNL',
  'Royal Mail',
  'UPS',
  'USPS',
]

const key = 'crossdock.carrier'
/** Who ships with one carrier types its name once: the last one is proposed. */
export const lastCarrier = () => readStored(key) ?? ''
export const rememberCarrier = (carrier: string) => writeStored(key, carrier)
