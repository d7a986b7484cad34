import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const byCountry = 'delegates_by_country';

/**
 * A delegate of a country of which the offices know no regions has none. TypeORM rebuilds the table
 * on SQLite, and keeps what refers to it.
 */
export class FreeRegions1796053200000 implements MigrationInterface {
  readonly name = 'FreeRegions1796053200000';

  async up(runner: QueryRunner): Promise<void> {
    await setRegionNullable(runner, true);
    await compareCountries(runner, 'C');
    const index = new TableIndex({ name: byCountry, columnNames: ['country', 'id'] });
    await runner.createIndex('delegates', index);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('delegates', byCountry);
    await compareCountries(runner, 'default');
    await setRegionNullable(runner, false);
  }
}

async function setRegionNullable(runner: QueryRunner, isNullable: boolean): Promise<void> {
  const table = await runner.getTable('delegates');
  const region = table?.findColumnByName('region_code');
  if (!table || !region) throw new Error('There is no delegates.region_code.');
  const changed = region.clone();
  changed.isNullable = isNullable;
  await runner.changeColumn(table, region, changed);
}

/** SQLite compares by code points by default. */
async function compareCountries(runner: QueryRunner, by: 'C' | 'default'): Promise<void> {
  if (runner.connection.options.type !== 'postgres') return;
  const column = 'ALTER TABLE "delegates" ALTER COLUMN "country"';
  await runner.query(`${column} TYPE character varying COLLATE "${by}"`);
}
