import type { ProductField } from './product-fields.ts'

/** The headings under which each field is met, likeliest first, English and French. */
export const productHeadings: Record<ProductField, string> = {
  sku: `
    SKU | Product SKU | Item SKU | Variant SKU | Item number | Item code | Product code | Article | Article number |
    Article no | Part number | seller-sku | Custom label | Custom label (SKU) | UGS | Code article | Référence | Réf |
    Référence article | Réf article | Réf art | Référence produit | Code produit`,
  name: `
    Name | Product name | Product | Title | Item name | Item title | Description | Nom | Nom du produit | Produit |
    Désignation | Libellé | Titre | Nom de l'article`,
  supplier: `Supplier | Supplier name | Vendor | Fournisseur | Nom du fournisseur`,
  quantity_per_unit: `Quantity per unit | Unit | Packaging | Pack size | Quantité par unité | Conditionnement | Unité | Emballage`,
  unit_price: `
    Unit price | Price | Sale price | Regular price | Variant Price | Retail price | List price | Prix unitaire |
    Prix | Prix de vente | PU | Tarif régulier | Prix public`,
  unit_cost: `
    Unit cost | Cost | Cost price | Cost per item | Purchase price | Wholesale price | Prix d'achat | Coût |
    Coût unitaire | Prix de revient`,
  barcode: `
    Barcode | Variant Barcode | UPC | EAN | GTIN | ISBN | EAN13 | GTIN, UPC, EAN, or ISBN | Code-barres | Code barre |
    Code EAN | Code GTIN | Gencod | Gencode`,
  tags: `Tags | Tag | Product tags | Labels | Étiquettes | Mots-clés`,
  discontinued: `Discontinued | Archived | Inactive | Abandonné | Arrêté | Discontinué | Inactif`,
  in_stock: `
    In stock | Stock | Units in stock | On hand | Quantity | Qty | Available | Inventory | Variant Inventory Qty |
    Quantity on hand | Stock on hand | Stock level | Physical stock | En stock | Stock physique | Physique | Quantité physique | Qté | Stock disponible | Quantité | Quantité en stock | Inventaire`,
  reorder_level: `
    Reorder level | Reorder point | Minimum stock | Low stock amount | Seuil de réapprovisionnement | Stock minimum |
    Seuil d'alerte`,
  location: `Location | Bin | Shelf | Warehouse Location | Item Warehouse Location | Emplacement | Casier`,
  weight: `Weight | Weight (oz) | Weight (kg) | Weight (g) | Weight (lbs) | Variant Grams | Poids | Poids (kg) | Poids (g)`,
}
