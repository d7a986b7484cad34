import { expect, it } from 'vitest';
import { createToken } from '../network/open-hub.js';
import { openNetwork } from '../network/open-network.js';

const perPolice = 5_000;

/** Numbered officers in the first unit of a police. */
const insertOfficers = `
  WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${perPolice})
  INSERT INTO officers (id, name, unit_id, target_group, version)
  SELECT substr(unit.id, 1, 3) || 'many-' || n, 'Officer ' || n, unit.id, 'POLICE', 1
  FROM numbers, (SELECT id FROM police_units ORDER BY id LIMIT 1) AS unit`;

it('exports forty thousand officers of eight polices, in order and each of them once', async () => {
  await using network = await openNetwork('facts', { isGuarded: true });
  const polices = network.codes.filter((code) => code.length === 2);
  expect(polices).toHaveLength(8);
  for (const code of polices) await network.serverOf(code).source.query(insertOfficers);
  const asker = { organisation: 'nbnp', role: 'coordinator' } as const;
  const authorization = `Bearer ${await createToken(network.keys, asker)}`;
  const url = new URL('/export/officers.csv?columns=id', network.hubUrl);
  const response = await fetch(url, { headers: { authorization } });
  expect(response.status).toBe(200);
  const [header, ...ids] = (await response.text()).trimEnd().split('\r\n');
  expect(header).toBe('id');
  expect(new Set(ids).size).toBe(8 * perPolice);
  expect(ids).toEqual(ids.toSorted());
});
