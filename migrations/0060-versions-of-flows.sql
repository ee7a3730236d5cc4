-- Why: nodes of an old and a new program share the database while it is upgraded. Each says which versions of flows it knows, so that
-- no run is taken over into a version that a living node does not understand. A column without default: nothing is rewritten, and the
-- old program neither reads nor writes it.

-- `{"epoch": 3, "versions": ["errand@1"]}`; it counts only for that life, for an old program begins a new one without saying.
alter table node add column knows jsonb;
