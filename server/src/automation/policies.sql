call app.allow('staff', 'automation.rules', 'select', 'rules:read', 'account');
call app.allow('staff', 'automation.rules', 'insert,update,delete', 'rules:edit', 'account');
call app.allow('staff', 'automation.traces', 'select', 'orders:read', 'store');
call app.allow('staff', 'automation.traces', 'insert', 'rules:run', 'store');
