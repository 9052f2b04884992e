/** Codes of eleven digits, one after another from here. */
const FIRST = 10_000_000_000;

/** As many people as are asked for, and an audit without a row. */
export function tables(people: number): string {
  return `
create table person (code text primary key, name text, birth_date text, sex text, address text);
insert into person
  select (${FIRST} + n)::text, '住基 太郎 ' || n, '1980-01-01', 'MALE', '東京都文京区春日一丁目16番' || n || '号'
  from generate_series(0, ${people - 1}) n;
create table audit (position bigserial primary key, at timestamptz, code text, caller text, purpose text);
vacuum analyze person;
checkpoint;
`;
}

const SELECT = 'select code, name, birth_date, sex, address from person where code = :code';
const NOTE = `insert into audit (at, code, caller, purpose) values (now(), :code, 'agency-1', 'A_PURPOSE')`;
const TRANSACTION = `begin;
${SELECT};
${NOTE};
end;
`;

/**
 * One person by a code that is drawn, and a row of who asked: a transaction, since nothing may leave of which there is no
 * row. There are several ways to say that; what anything is held against is the fastest of them.
 */
const SCRIPTS = {
  FOUR_STATEMENTS: TRANSACTION,
  FOUR_STATEMENTS_AT_ONCE: `\\startpipeline\n${TRANSACTION}\\endpipeline\n`,
  ONE_STATEMENT: `with found as (${SELECT}), noted as (${NOTE}) select * from found;\n`,
};

export type Way = keyof typeof SCRIPTS;
export const WAYS = Object.keys(SCRIPTS) as Way[];

/** For pgbench. */
export function scriptOf(way: Way, people: number): string {
  return `\\set code random(${FIRST}, ${FIRST + people - 1})\n${SCRIPTS[way]}`;
}
