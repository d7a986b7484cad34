import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const instant = { to: (ms: number) => ms, from: (stored: string | number) => Number(stored) };

/**
 * What one request read: one row for all its links, which follow one another. Or one record that a
 * mutation changed: one row for one link, with a subject.
 */
@Entity({ name: 'disclosure_readings' })
@Index('ix_disclosure_readings_subject', ['subject', 'sequence'], {
  where: '"subject" IS NOT NULL',
})
@Index('ix_disclosure_readings_changes', ['sequence'], { where: '"subject" IS NOT NULL' })
@Index('ix_disclosure_readings_people', ['at'], { where: '"people" IS NOT NULL' })
@Index('ix_disclosure_readings_reader', ['reader', 'sequence'], { where: '"subject" IS NULL' })
export class StoredReading {
  /** The number of its last link. */
  @PrimaryColumn({ type: 'integer' })
  sequence: number;

  /** In milliseconds since the epoch. */
  @Column({ type: 'bigint', transformer: instant })
  @Index('ix_disclosure_readings_at')
  at: number;

  /** The text about who read, or who changed. */
  @Column({ type: 'integer' })
  reader: number;

  /** For each link, the text about the fields, and the number of records: `12:3,15:1`. */
  @Column({ type: 'varchar' })
  links: string;

  /** The hash of its last link, in base64url. */
  @Column({ type: 'varchar' })
  hash: string;

  /** Of a change: the id of the record that was changed. Null of a reading. */
  @Column({ type: 'varchar', nullable: true })
  subject: string | null;

  /** Of a change: why, where the mutation says so. */
  @Column({ type: 'varchar', nullable: true })
  reason: string | null;

  /**
   * Of a reading, for each link: the tags of the people whom it is about, after `!` if it was
   * refused: `tag.tag,,!tag`. Null if no link has either.
   */
  @Column({ type: 'varchar', nullable: true })
  people: string | null;
}

/** A text that rows share, as JSON: who read or changed, a type and its fields, changed fields. */
@Entity({ name: 'disclosure_texts' })
// Of an expression, so only its migration can create it.
@Index('ix_disclosure_texts_beginning', { synchronize: false })
export class StoredText {
  @PrimaryColumn({ type: 'integer' })
  id: number;

  /** The hash of the text, because the text may be too long for an index. */
  @Column({ type: 'varchar' })
  @Index('ix_disclosure_texts_digest', { unique: true })
  digest: string;

  @Column({ type: 'varchar' })
  text: string;
}

/** The end of an archive, where the rest of the record continues. */
@Entity({ name: 'disclosure_anchors' })
export class StoredAnchor {
  /** The number of the last archived link. */
  @PrimaryColumn({ type: 'integer' })
  sequence: number;

  /** The hash of that link, in base64url. */
  @Column({ type: 'varchar' })
  hash: string;
}

/** The key that makes the tags of one person in the record of readings. */
@Entity({ name: 'person_keys' })
@Index('ix_person_keys_removed', ['person'], { where: '"key" IS NULL' })
export class PersonKey {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  person: string;

  /** In base64url. Null once the person was erased, so that no other key is made. */
  @Column({ type: 'varchar', collation: 'C', nullable: true })
  key: string | null;
}

/** A tag that the record has: the day of one person. Only her key can tell which. */
@Entity({ name: 'person_days' })
export class PersonDay {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  tag: string;
}

/** Who read in one month. The record has the tag, and its hashes cover that alone. */
@Entity({ name: 'reader_names' })
@Index('ix_reader_names_reader', ['organisation', 'subject', 'month'], { unique: true })
export class ReaderName {
  /** The hash of all the rest. */
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  tag: string;

  @Column({ type: 'varchar', collation: 'C' })
  organisation: string;

  @Column({ type: 'varchar', collation: 'C' })
  subject: string;

  /** In base64url. Without it nobody can tell from a tag whose it is. */
  @Column({ type: 'varchar', collation: 'C' })
  key: string;

  /** `2026-11`, in UTC. */
  @Column({ type: 'varchar', collation: 'C' })
  month: string;
}

/** The entities of the record of disclosures. */
export const disclosureEntities = [
  StoredReading,
  StoredText,
  StoredAnchor,
  PersonKey,
  PersonDay,
  ReaderName,
];
