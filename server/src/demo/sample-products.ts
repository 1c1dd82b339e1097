/** The demo's catalogue: invented goods of four invented suppliers. Prices in euros. */
export const sampleSuppliers = ['Lindqvist Preserves', 'Maison Aubert', 'Okada Tea House', 'Verde Oils'] as const

export const sampleProducts = [
  { sku: 'LP-101', name: 'Cloudberry jam 250 g', price: 7.9, supplier: 'Lindqvist Preserves' },
  { sku: 'LP-102', name: 'Lingonberry jam 400 g', price: 6.5, supplier: 'Lindqvist Preserves' },
  { sku: 'LP-120', name: 'Crispbread, rye 300 g', price: 3.2, supplier: 'Lindqvist Preserves' },
  { sku: 'LP-131', name: 'Pickled herring 220 g', price: 5.4, supplier: 'Lindqvist Preserves' },
  { sku: 'MA-201', name: 'Dijon mustard 200 g', price: 3.9, supplier: 'Maison Aubert' },
  { sku: 'MA-202', name: 'Duck rillettes 180 g', price: 8.2, supplier: 'Maison Aubert' },
  { sku: 'MA-215', name: 'Salted caramels 150 g', price: 6.9, supplier: 'Maison Aubert' },
  { sku: 'OT-301', name: 'Sencha 100 g', price: 9.8, supplier: 'Okada Tea House' },
  { sku: 'OT-302', name: 'Hojicha 100 g', price: 8.4, supplier: 'Okada Tea House' },
  { sku: 'OT-310', name: 'Matcha, ceremonial 30 g', price: 19.5, supplier: 'Okada Tea House' },
  { sku: 'VO-401', name: 'Olive oil, early harvest 500 ml', price: 14.9, supplier: 'Verde Oils' },
  { sku: 'VO-402', name: 'Walnut oil 250 ml', price: 11.2, supplier: 'Verde Oils' },
] as const
