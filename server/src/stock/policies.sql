call app.allow('staff', 'stock.warehouses', 'select', 'orders:read', 'account');
