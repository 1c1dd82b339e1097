-- The catalogue is the house's: customer service sees what stands on a line, a supplier what stands on his.

call app.allow('staff', 'catalog.products', 'select', 'products:read', 'account');
call app.allow('staff', 'catalog.products', 'insert,update', 'products:edit', 'account');
call app.allow('staff', 'catalog.product_prices', 'select', 'products:prices', 'account');
call app.allow('staff', 'catalog.product_prices', 'insert,update,delete', 'products:edit', 'account');
call app.allow('staff', 'catalog.product_costs', 'select', 'products:costs', 'account');
call app.allow('staff', 'catalog.product_costs', 'insert,update,delete', 'products:edit', 'account');
call app.allow('staff', 'catalog.product_tags', 'select', 'products:read', 'account');
call app.allow('staff', 'catalog.product_tags', 'insert,delete', 'products:edit', 'account');
