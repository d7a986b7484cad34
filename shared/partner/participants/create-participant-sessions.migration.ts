import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Creates the invitations and sessions of participants, the same in every partner’s database. */
export class CreateParticipantSessions1796075200000 implements MigrationInterface {
  readonly name = 'CreateParticipantSessions1796075200000';

  async up(runner: QueryRunner): Promise<void> {
    const collation = runner.connection.options.type === 'postgres' ? 'C' : undefined;
    const secret = (name: string, isNullable = false) => ({ name, type: 'varchar', isNullable });
    const text = (name: string, isNullable = false) => ({ ...secret(name, isNullable), collation });
    const id = { ...text('id'), isPrimary: true };
    await runner.createTable(
      new Table({
        name: 'invitations',
        columns: [
          id,
          text('person_id'),
          secret('secret_hash'),
          text('made_at'),
          text('expires_at'),
          text('access_ends_on'),
          text('used_at', true),
          text('tried_again_at', true),
          { name: 'wrong_tries', type: 'integer', default: 0 },
          text('ended_at', true),
        ],
        indices: [
          {
            name: 'ux_invitations_open',
            columnNames: ['person_id'],
            isUnique: true,
            where: '"used_at" IS NULL AND "ended_at" IS NULL',
          },
          { name: 'ix_invitations_person', columnNames: ['person_id', 'made_at'] },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'participant_sessions',
        columns: [
          id,
          text('person_id'),
          text('invitation_id'),
          secret('secret_hash'),
          secret('previous_hash', true),
          { name: 'is_confirmed', type: 'boolean' },
          text('rotated_at'),
          text('made_at'),
          text('renewed_on'),
          text('access_ends_on'),
          text('ended_at', true),
          text('told_at', true),
        ],
        indices: [{ name: 'ix_participant_sessions_person', columnNames: ['person_id'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('participant_sessions');
    await runner.dropTable('invitations');
  }
}
