import { Text, Type } from './endpoint.ts'

/** A postal address as it is answered: every part is there, empty where there is none. */
export const addressShape = {
  name: Type.String(),
  company: Type.String(),
  line1: Type.String(),
  line2: Type.String(),
  line3: Type.String(),
  city: Type.String(),
  region: Type.String(),
  postcode: Type.String(),
  country: Type.String(),
}

/** The same as it is sent, but for the country: a program writes its code, a person in the page perhaps its name. */
export const addressParts = {
  name: Type.Optional(Text(0, 200)),
  company: Type.Optional(Text(0, 200)),
  line1: Type.Optional(Text(0, 300)),
  line2: Type.Optional(Text(0, 300)),
  line3: Type.Optional(Text(0, 300)),
  city: Type.Optional(Text(0, 200)),
  region: Type.Optional(Text(0, 200)),
  postcode: Type.Optional(Text(0, 40)),
}
export const contactParts = { email: Type.Optional(Text(0, 254)), phone: Type.Optional(Text(0, 60)) }
