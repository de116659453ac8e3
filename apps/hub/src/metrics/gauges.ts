/** A figure that one statement gives for all of its labels: `value` and, beside it, one column for each label. */
export interface GaugeQuery {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  /** `$1` is now. */
  readonly sql: string;
}

const age = (moment: string): string =>
  `coalesce(extract(epoch from $1::timestamptz - ${moment}), 0)::float8`;

/** What the database knows, asked for anew at each scrape: whichever hub is asked, the answer is the same. */
export const gaugeQueries: readonly GaugeQuery[] = [
  {
    name: 'np_hub_transactions',
    help: 'Transactions by state',
    labels: ['state'],
    sql: 'select state, count(*)::int as value from transactions where $1::timestamptz is not null group by state',
  },
  {
    name: 'np_hub_state_age_seconds',
    help: 'How long the transaction that has waited longest is in a state that somebody has to end',
    labels: ['state'],
    sql: `select state, ${age('min(state_since)')} as value from transactions
      where state in ('in-doubt', 'reissue-failed', 'cancel-failed', 'report-failed', 'amendment-failed') group by state`,
  },
  {
    name: 'np_hub_queue_due',
    help: 'Effects that are due and not yet taken, by lane',
    labels: ['lane'],
    sql: `select l.lane, count(e.lane)::int as value from unnest(array['write', 'credit', 'payment', 'word']) l(lane)
      left join effects e on e.lane = l.lane and e.token is null and e.due_at <= $1 group by 1`,
  },
  {
    name: 'np_hub_queue_age_seconds',
    help: 'How long the effect that has waited longest is due, by lane',
    labels: ['lane'],
    sql: `select l.lane, ${age('min(e.due_at)')} as value from unnest(array['write', 'credit', 'payment', 'word']) l(lane)
      left join effects e on e.lane = l.lane and e.token is null and e.due_at <= $1 group by 1`,
  },
  {
    name: 'np_hub_shop_lag_seconds',
    help: 'Since when a live shop has not been read to the end',
    labels: ['shop', 'name'],
    sql: `select s.id as shop, s.name, ${age('coalesce(r.at, s.takeover_at)')} as value from shops s
      left join lateral (select max(finished_at) as at from (select finished_at from runs
        where shop_id = s.id and outcome = 'done' order by started_at desc limit 1) last) r on true
      where s.mode = 'live' and s.next_run_at is not null
        and exists (select from runs where shop_id = s.id)`,
  },
  {
    name: 'np_hub_deadlines',
    help: 'Deadlines of transactions: passed, within a day, within a week',
    labels: ['within'],
    sql: `select within, count(t.deadline_at)::int as value
      from (values ('passed', interval '-100 years', interval '0'), ('day', interval '0', interval '1 day'),
        ('week', interval '1 day', interval '7 days')) w(within, after, before)
      left join transactions t on t.deadline_at > $1::timestamptz + w.after and t.deadline_at <= $1::timestamptz + w.before
      group by 1`,
  },
  {
    name: 'np_hub_connection_trouble',
    help: '1 where a gateway complains of a connection as a whole',
    labels: ['connection', 'name'],
    sql: `select id as connection, name, (trouble is not null)::int as value from connections
      where $1::timestamptz is not null`,
  },
  {
    name: 'np_hub_webhook_failures',
    help: 'Deliveries of a webhook that have failed in a row',
    labels: ['webhook'],
    sql: `select id as webhook, failures as value from webhook_endpoints where not paused and $1::timestamptz is not null`,
  },
  {
    name: 'np_hub_imports',
    help: 'Imports that are not finished, by state',
    labels: ['state'],
    sql: `select w.state, count(i.id)::int as value from unnest(array['waiting', 'running', 'asking']) w(state)
      left join imports i on i.state = w.state where $1::timestamptz is not null group by 1`,
  },
  {
    name: 'np_hub_unmapped_words',
    help: 'Words of carts that nobody has given a meaning',
    labels: [],
    sql: 'select count(*)::int as value from unmapped_words where $1::timestamptz is not null',
  },
];
