-- Why: who may see some warehouses only acts on the cases of those, also when they act on a whole group. Null: all; so do bulks of the
-- program before this one.

alter table bulk_action add column sites text[];
