-- Proves that a process seals with the key that everything here was sealed with.
create table vault_proof (
  one boolean primary key default true check (one),
  proof text not null
);
