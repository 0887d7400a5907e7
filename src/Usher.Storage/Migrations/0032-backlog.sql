-- Since when an effect is owed: due_at moves with every try that fails. And webhooks' deliveries that were given up, which are few among those that were taken.
alter table effects add column created_at bigint;
create index webhook_deliveries_failed on webhook_deliveries (ended_at) where state = 'failed';
