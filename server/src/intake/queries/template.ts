import { stringify } from 'csv-stringify/sync'
import { type Kind, plainHeading } from '../reading/index.ts'

type Locale = 'en' | 'fr'
type Template = { headings: string[]; rows: string[][] }

// Headings that the reading knows, so that a file filled in from here needs no matching.
const templates: Record<Kind | 'own products', Record<Locale, Template>> = {
  orders: {
    en: {
      headings: [
        'Order number',
        'Order date',
        'Customer',
        'Ship to',
        'Company',
        'Street',
        'Postcode',
        'City',
        'Country',
        'E-mail',
        'Phone',
        'SKU',
        'Product',
        'Quantity',
        'Unit price',
        'Shipping paid',
        'Currency',
      ],
      rows: [
        [
          '1001',
          '2026-03-14',
          'Zoë Martin',
          'Zoë Martin',
          '',
          '12 rue des Lilas',
          '69003',
          'Lyon',
          'FR',
          'zoe@example.com',
          '+33 4 72 00 00 00',
          'TEA-01',
          'Green tea',
          '2',
          '9.50',
          '5.90',
          'EUR',
        ],
        [
          '1001',
          '2026-03-14',
          'Zoë Martin',
          'Zoë Martin',
          '',
          '12 rue des Lilas',
          '69003',
          'Lyon',
          'FR',
          'zoe@example.com',
          '+33 4 72 00 00 00',
          'CUP-07',
          'Cup, blue',
          '1',
          '14.00',
          '5.90',
          'EUR',
        ],
      ],
    },
    fr: {
      headings: [
        'Numéro de commande',
        'Date de commande',
        'Client',
        'Destinataire',
        'Société',
        'Rue',
        'Code postal',
        'Ville',
        'Pays',
        'E-mail',
        'Téléphone',
        'Référence article',
        'Produit',
        'Quantité',
        'Prix unitaire',
        'Frais de port',
        'Devise',
      ],
      rows: [
        [
          '1001',
          '14/03/2026',
          'Zoë Martin',
          'Zoë Martin',
          '',
          '12 rue des Lilas',
          '69003',
          'Lyon',
          'France',
          'zoe@example.com',
          '04 72 00 00 00',
          'TEA-01',
          'Thé vert',
          '2',
          '9,50',
          '5,90',
          'EUR',
        ],
        [
          '1001',
          '14/03/2026',
          'Zoë Martin',
          'Zoë Martin',
          '',
          '12 rue des Lilas',
          '69003',
          'Lyon',
          'France',
          'zoe@example.com',
          '04 72 00 00 00',
          'CUP-07',
          'Tasse bleue',
          '1',
          '14,00',
          '5,90',
          'EUR',
        ],
      ],
    },
  },
  products: {
    en: {
      headings: [
        'SKU',
        'Name',
        'Quantity per unit',
        'Unit price',
        'Cost',
        'Barcode',
        'Supplier',
        'Tags',
        'Discontinued',
      ],
      rows: [
        [
          'TEA-01',
          'Green tea',
          '20 bags',
          '9.50',
          '4.20',
          '4006381333931',
          'Exotic Liquids',
          'organic;supplier:Exotic Liquids',
          'no',
        ],
        ['CUP-07', 'Cup, blue', '', '14.00', '6.00', '', 'Pavlova, Ltd.', 'supplier:Pavlova, Ltd.', 'no'],
      ],
    },
    fr: {
      headings: [
        'Référence',
        'Nom',
        'Conditionnement',
        'Prix unitaire',
        'Coût',
        'Code-barres',
        'Fournisseur',
        'Tags',
        'Arrêté',
      ],
      rows: [
        [
          'TEA-01',
          'Thé vert',
          '20 sachets',
          '9,50',
          '4,20',
          '4006381333931',
          'Exotic Liquids',
          'bio|supplier:Exotic Liquids',
          'non',
        ],
        ['CUP-07', 'Tasse bleue', '', '14,00', '6,00', '', 'Pavlova, Ltd.', 'supplier:Pavlova, Ltd.', 'non'],
      ],
    },
  },
  // What a client says of his goods; the rest is his host's.
  'own products': {
    en: {
      headings: ['SKU', 'Name', 'Quantity per unit', 'Barcode', 'Weight (g)', 'Discontinued'],
      rows: [
        ['TEA-01', 'Green tea', '20 bags', '4006381333931', '120', 'no'],
        ['CUP-07', 'Cup, blue', '', '', '350', 'no'],
      ],
    },
    fr: {
      headings: ['Référence', 'Nom', 'Conditionnement', 'Code-barres', 'Poids (g)', 'Arrêté'],
      rows: [
        ['TEA-01', 'Thé vert', '20 sachets', '4006381333931', '120', 'non'],
        ['CUP-07', 'Tasse bleue', '', '', '350', 'non'],
      ],
    },
  },
}

/** A file to fill in, as a spreadsheet of that language opens it: French ones want semicolons. */
export function template(kind: keyof typeof templates, locale: Locale): Buffer {
  const { headings, rows } = templates[kind][locale]
  return Buffer.from(stringify([headings, ...rows], { bom: true, delimiter: locale === 'fr' ? ';' : ',' }))
}

/** Whether a file has the headings of a template, all of them and nothing else. */
export const isTemplate = (kind: Kind, headings: string[]): boolean =>
  [...Object.values(templates[kind]), ...(kind === 'products' ? Object.values(templates['own products']) : [])].some(
    (known) =>
      known.headings.length === headings.length &&
      known.headings.every((name, i) => plainHeading(name) === plainHeading(headings[i]!)),
  )
