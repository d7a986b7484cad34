import type { MigrationInterface, QueryRunner } from 'typeorm';

const answerer = (country: string): string =>
  `CASE ${country} WHEN 'RU' THEN 'ncm' ELSE LOWER(${country}) END`;

/**
 * Adds who answers for each host of a visit and for each stop, as it was until now: the offices in
 * Russia, elsewhere the police force of the country. Where neither does, the network confirms.
 */
export class AnswerForHosts1796051403994 implements MigrationInterface {
  readonly name = 'AnswerForHosts1796051403994';

  async up(queryRunner: QueryRunner): Promise<void> {
    const isPostgres = queryRunner.connection.options.type === 'postgres';
    const varchar = isPostgres ? 'varchar COLLATE "C"' : 'varchar';
    const owner = `${varchar} NOT NULL DEFAULT 'nbnp'`;
    await queryRunner.query(`ALTER TABLE visit_hosts ADD COLUMN answered_by ${owner}`);
    await queryRunner.query(`UPDATE visit_hosts SET answered_by = ${answerer('country')}`);
    const columns = [
      `host_owner ${owner}`,
      'network_confirmed_version integer NOT NULL DEFAULT 0',
      `network_confirmed_on ${varchar}`,
      `confirming_organisation_id ${varchar}`,
    ];
    for (const column of columns)
      await queryRunner.query(`ALTER TABLE itinerary_stops ADD COLUMN ${column}`);
    await queryRunner.query(`UPDATE itinerary_stops SET host_owner = ${answerer('host_country')}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE visit_hosts DROP COLUMN answered_by');
    const columns = ['host_owner', 'network_confirmed_version', 'network_confirmed_on'];
    for (const column of [...columns, 'confirming_organisation_id'])
      await queryRunner.query(`ALTER TABLE itinerary_stops DROP COLUMN ${column}`);
  }
}
