import { CountryCodeScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import type { vocabulary } from '@hub/shared/programme';
import { PartOf } from '@hub/shared/records';
import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Programme } from './programme.entity.js';

/** A row for each side that the network planned. Those of the founding document are derived. */
@Entity({ name: 'sides' })
@PartOf('sides', 'programmeId')
@Index('ix_sides_programme', ['programmeId', 'position'])
@ObjectType('Side', {
  description:
    'One end of a programme’s journeys: a place, and who acts there. Open to everybody. What nobody has said is null, never guessed.',
})
@Access('open')
export class Side {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, {
    description: '`nbnp:` and a local part. It stays as long as the side keeps its name.',
  })
  id: string;

  @Column({ name: 'programme_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Programme, { name: 'fk_sides_programme' })
  programmeId: string;

  @Column({ type: 'integer' })
  position: number;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String, {
    description: 'What it is called, once in a programme: `Latvia and Lithuania`.',
  })
  name: string;

  @Column({ type: 'simple-json' })
  @Field(() => [CountryCodeScalar], {
    description: 'Its countries, those of its regions among them.',
  })
  countries: string[];

  @Column({ name: 'region_codes', type: 'simple-json' })
  regionCodes: string[];

  /** Null for what the whole programme shows. */
  @Column({ name: 'sectors_to_show', type: 'simple-json', nullable: true })
  ownSectors: vocabulary.Sector[] | null;

  /** What the source of a documented side states. No column: a planned side has no source. */
  stated?: StatedSide;
}

export interface StatedSide {
  readonly source: string | null;
  /** Whether the offices that select for the programme select there. */
  readonly isOfOffices: boolean;
}

/** What a party does on a side. */
export type SidePart = 'COORDINATOR' | 'HOST' | 'SELECTOR';

/** A party that acts on a planned side. */
@Entity({ name: 'side_parties' })
@PartOf('sides', 'programmeId')
@Index('ix_side_parties_party', ['partyId', 'sideId'])
export class SideParty {
  @PrimaryColumn({ name: 'side_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Side, { name: 'fk_side_parties_side', onDelete: 'CASCADE' })
  sideId: string;

  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  part: SidePart;

  /** Any kind of party, so there is no foreign key. */
  @PrimaryColumn({ name: 'party_id', type: 'varchar', collation: 'C' })
  partyId: string;

  /** The programme of the side, whose change a change of this row is. */
  @Column({ name: 'programme_id', type: 'varchar', collation: 'C' })
  programmeId: string;

  @Column({ type: 'integer' })
  position: number;
}
