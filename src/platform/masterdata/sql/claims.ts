/**
 * Takes a name, or tells who has it. The conflicting row is written as it was, which waits for whoever is just claiming it.
 *
 * $1 scope, $2 name, $3 holder
 */
export const claim = `
insert into exclusive_claim as held (scope, name, holder) values ($1, $2, $3)
on conflict (scope, name) do update set holder = held.holder
returning holder`;

/**
 * Gives back all that a holder has (index exclusive_claim_holder).
 *
 * $1 holder
 */
export const release = `delete from exclusive_claim where holder = $1`;
