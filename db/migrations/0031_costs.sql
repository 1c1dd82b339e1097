-- A cost that is taken out keeps its row, so that its version goes on: an edit is held against it.
alter table fulfillment.shipment_costs
  alter column amount drop not null,
  alter column currency drop not null,
  add constraint shipment_costs_whole check ((amount is null) = (currency is null));
