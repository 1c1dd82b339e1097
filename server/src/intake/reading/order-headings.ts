import type { OrderField } from './order-fields.ts'

/**
 * The headings under which each field is met, likeliest first: those of ShipStation's import and export, Stamps, Shopify,
 * WooCommerce, Amazon and eBay, beside everyday English and French ones.
 */
export const orderHeadings: Record<OrderField, string> = {
  order_number: `
    Order # | Order No | Order Nr | Order number | Order ID | Order | Order - Number | amazon-order-id | Name |
    Reference | Order reference | PO Number | Sales Record Number | Sales order | Numéro de commande |
    N° de commande | N° commande | No commande | Commande | Référence | Référence commande | Réf commande`,
  sku: `
    SKU | Item SKU | Item - SKU | Lineitem sku | Product SKU | Custom label | Custom label (SKU) | Item number |
    Item code | Product code | Article | Article number | Article no | Part number | UGS | Code article |
    Réf article | Référence article | Référence produit | Code produit | Libellé personnalisé |
    Libellé personnalisé (SKU)`,
  quantity: `
    Qty | Quantity | Item Quantity | Item - Qty | Lineitem quantity | quantity-purchased | Quantity (- Refund) |
    Quantity ordered | Qty ordered | Units | Pieces | Quantité | Qté | Qte | Nombre | Quantité commandée`,
  country: `
    Country | Country Code | Ship To - Country | Ship To Country | Shipping Country | ship-country |
    Country (Shipping) | Country Code (Shipping) | Country Name (Shipping) | Post to country | Delivery country |
    Recipient country | Pays | Code pays | Pays de livraison | Pays livraison | Pays du destinataire | Ship country`,
  placed_on: `
    Ordered on | Order date | Order Created Date | Date - Order Date | Created at | purchase-date | Sale date |
    Placed on | Placed at | Date | Created | Date de commande | Date commande | Commandé le | Commandée le |
    Date de vente | Passée le | Date de création`,
  deliver_by: `
    Required by | Required date | Deliver by | Delivery date | Due date | Needed by | latest-delivery-date |
    À livrer avant | Date de livraison souhaitée | Date de livraison | Livraison souhaitée | Pour le | Échéance |
    Livrer avant`,
  buyer_name: `
    Customer | Customer name | Buyer | Buyer name | Buyer Full Name | Bill To - Name | Bill to | Billing Name |
    Sold to | Client | Nom du client | Acheteur | Nom de l'acheteur | Full Name (Billing)`,
  buyer_first_name: `Buyer First Name | First Name (Billing) | Billing first name | Prénom de l'acheteur | Prénom (facturation)`,
  buyer_last_name: `Buyer Last Name | Last Name (Billing) | Billing last name | Nom (facturation)`,
  contact_name: `
    Contact | Contact name | Contact person | Attention | Attn | Nom du contact | Personne de contact |
    À l'attention de`,
  recipient_name: `
    Ship to | Ship To - Name | Ship to name | Recipient | Recipient name | Recipient Full Name | Shipping Name |
    recipient-name | Full Name (Shipping) | Post to name | Deliver to | Delivery name | Consignee | Name | Full name |
    Nom | Destinataire | Nom du destinataire | Livrer à | Livré à | Nom de livraison`,
  recipient_first_name: `
    Recipient First Name | First Name (Shipping) | Shipping first name | First name | Prénom |
    Prénom du destinataire | Prénom (livraison)`,
  recipient_last_name: `
    Recipient Last Name | Last Name (Shipping) | Shipping last name | Last name | Surname | Nom de famille |
    Nom (livraison)`,
  company: `
    Company | Company name | Recipient Company | Ship To - Company | Shipping Company | Company (Shipping) |
    Business | Société | Entreprise | Raison sociale`,
  line1: `
    Street | Address | Address 1 | Address Line 1 | Ship To - Address 1 | Ship To Address 1 | Shipping Address1 |
    Shipping Street | ship-address-1 | Address 1 (Shipping) | Address 1&2 (Shipping) | Post To Address 1 |
    Street address | Ship address | Delivery address | Rue | Adresse | Adresse 1 | Adresse ligne 1 |
    Adresse de livraison | Adresse de livraison 1`,
  line2: `
    Address 2 | Address Line 2 | Street 2 | Ship To - Address 2 | Ship To Address 2 | Shipping Address2 |
    ship-address-2 | Address 2 (Shipping) | Post To Address 2 | Adresse 2 | Adresse ligne 2 | Complément d'adresse |
    Adresse de livraison 2`,
  line3: `Address 3 | Address Line 3 | Ship To - Address 3 | ship-address-3 | Adresse 3 | Adresse ligne 3`,
  city: `
    City | Town | Ship To - City | Ship To City | Shipping City | ship-city | City (Shipping) | Post To City |
    Ship city | Ville | Commune | Localité | Ville de livraison`,
  region: `
    Region | State | Province | County | State/Province | Ship To - State | Ship To State | Shipping Province |
    ship-state | State Code (Shipping) | State Name (Shipping) | Post To County | Ship region | Région | État |
    Département`,
  postcode: `
    Postcode | Postal code | Zip | Zip code | Ship To - Postal Code | Ship To Zip | Shipping Zip | ship-postal-code |
    Postcode (Shipping) | Post To Postcode | Ship postal code | Code postal | CP | Code postal de livraison`,
  phone: `
    Phone | Telephone | Tel | Mobile | Phone number | Recipient Phone | Buyer Phone | Ship To - Phone |
    Ship To Phone | Shipping Phone | buyer-phone-number | ship-phone-number | Phone (Billing) | Post To Phone |
    Téléphone | Tél | Portable | Numéro de téléphone`,
  email: `
    Email | E-mail | Email address | Mail | Buyer Email | buyer-email | Ship To - Email | Email (Billing) |
    Customer email | Adresse e-mail | Courriel | E-mail de l'acheteur | Adresse mail`,
  service: `
    Ship via | Service | Requested Service | Order Requested Shipping Service | Carrier - Service Requested |
    Shipping Method | ship-service-level | Shipping Method Title | Shipping service | Delivery method | Carrier |
    Shipper | Postage service | Mode de livraison | Mode d'expédition | Transporteur | Service de livraison |
    Livraison par`,
  product_name: `
    Product | Product name | Item Name | Item - Name | Lineitem name | Item title | Item | Title | Description |
    Produit | Nom du produit | Désignation | Libellé | Nom de l'article | Titre | Titre de l'objet`,
  unit_price: `
    Unit price | Price | Item Unit Price | Item - Price | Lineitem price | Item Cost | Sold For | Sale price |
    Price each | Prix unitaire | Prix | PU | P.U. | PU HT | Prix de vente | Prix unitaire HT`,
  line_total: `
    item-price | Line total | Line price | Line amount | Item total | Order Line Total | Total ligne |
    Total de la ligne | Montant ligne | Montant de la ligne`,
  discount_rate: `Discount | Discount rate | Rebate | Remise | Taux de remise | Rabais | Réduction`,
  discount_percent: `
    Discount | Discount % | Discount rate | Discount percent | Discount percentage | % discount | Rebate | Remise |
    Remise % | Taux de remise | % remise | Remise en pourcentage | Rabais | Réduction`,
  discount_amount: `
    Discount | Lineitem discount | item-promotion-discount | Item discount | Line discount | Rebate | Remise |
    Montant de la remise | Remise ligne | Rabais | Réduction`,
  currency: `Currency | Currency code | Order currency | Devise | Monnaie | Code devise`,
  shipping_paid: `
    Freight | Shipping | Shipping paid | Shipping cost | Order Shipping Paid | Amount - Order Shipping |
    Order Shipping Amount | Shipping amount | Shipping and handling | Postage and packaging | Postage |
    Delivery cost | Frais de port | Port | Frais de livraison | Frais d'expédition | Fret`,
  line_shipping: `shipping-price | Line shipping | Item shipping | Port de la ligne`,
  tax: `
    Tax | Taxes | VAT | Order Tax Paid | Amount - Order Tax | Order Total Tax | Tax amount | Sales tax | TVA |
    Montant TVA | Taxe`,
  line_tax: `item-tax | Line tax | Item tax | TVA de la ligne | TVA ligne`,
  paid: `
    Paid | Financial Status | Payment status | Is paid | Payé | Payée | Statut du paiement | État du paiement |
    Statut de paiement`,
  paid_on: `
    Paid on | Paid at | Order Date Paid | Date - Paid Date | payments-date | Paid on date | Paid Date | Payment date |
    Payé le | Payée le | Date de paiement | Date du paiement`,
  cancelled_on: `Cancelled at | Cancelled on | Canceled at | Cancelled date | Annulée le | Date d'annulation`,
  buyer_note: `
    Buyer note | Order Notes from Buyer | Notes - From Buyer | Notes - From Customer | Customer Note | Notes | Note |
    Delivery instructions | delivery-Instructions | Note de l'acheteur | Remarque | Remarques | Note du client |
    Message du client`,
  gift_text: `
    Gift Message | Order Gift Message | Gift text | Gift - Message | gift-message-text | Message cadeau |
    Texte cadeau`,
  internal_note: `
    Internal note | Internal notes | Order Internal Notes | Notes - Internal | Private note | Note interne |
    Notes internes`,
  tags: `Tags | Tag | Labels | Order tags | Étiquettes | Mots-clés`,
  store: `
    Store | Store name | Market - Store Name | Market - Markeplace Name | Market - Marketplace Name | Order Source |
    sales-channel | Source | Channel | Boutique | Canal`,
  shipped_on: `
    Shipped on | Shipped at | Date - Shipped Date | Fulfilled at | Ship date | Shipped date | Expédié le |
    Expédiée le | Date d'expédition`,
  carrier: `
    Carrier | Carrier - Name | Shipping carrier | Carrier name | Ship via | Shipped via | Shipper | Shipped by |
    Transporteur | Nom du transporteur | Expédié par | Livraison par`,
  carrier_service: `
    Carrier - Service Selected | Service selected | Carrier service | Service of the carrier | Service du transporteur`,
  tracking: `Tracking | Tracking Number | Tracking No | Numéro de suivi | N° de suivi | Suivi`,
  carrier_cost: `
    Amount - Shipping Cost | Carrier cost | Label cost | Carrier charge | Coût du transporteur | Coût d'expédition |
    Coût de l'étiquette`,
  status: `
    Status | Order Status | Fulfillment Status | Lineitem fulfillment status | Statut | Statut de la commande |
    État de la commande`,
}
