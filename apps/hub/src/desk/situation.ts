/** SQL: what of a transaction (`t`) somebody has to act on, and whose turn it is (`InboxFor`). */
export const needsSomebody = `(t.actor in ('buyer', 'shop', 'nobody') or (t.actor = 'np' and t.state = 'held'))`;
export const turnOf = `case t.actor when 'buyer' then 'buyer' when 'shop' then 'shop' when 'np' then 'wait' else 'hopeless' end`;

/**
 * SQL: a fingerprint of what people look at. What was put away comes back when it differs: another state, another
 * reason, other data. Asking NP again without news changes nothing of it.
 */
export const situationPrint = `md5(concat_ws('|', t.state, t.actor, array_to_string(t.attentions, ','), t.reasons::text,
  t.billed_yen, t.facts->'wanted'->'payload'->>'hash', t.facts->'wanted'->'problems', t.deadline_kind))`;

/** SQL: where a transaction stands in the inbox under its mark (`m`); `now` names the parameter of the present moment. */
export const showOf = (now: string): string =>
  `case when m.done_at is not null and m.done_print = ${situationPrint} then 'done'
     when m.snoozed_until > ${now}::timestamptz and m.snoozed_print = ${situationPrint} then 'snoozed'
     else 'open' end`;

/** SQL: what `showOf` calls open, in words of which PostgreSQL knows that they hold for most: it goes along an index then. */
export const isOpenAt = (now: string): string =>
  `(m.done_at is null or m.done_print is distinct from ${situationPrint})
   and (m.snoozed_until is null or m.snoozed_until <= ${now}::timestamptz or m.snoozed_print is distinct from ${situationPrint})`;
