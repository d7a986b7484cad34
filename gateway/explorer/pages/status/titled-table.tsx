import type { ComponentProps } from 'preact';
import { Table } from '../../parts/table/table.tsx';

interface TitledProps<Row> extends Omit<ComponentProps<typeof Table<Row>>, 'caption'> {
  readonly title: string;
  /** What to know before one reads it. */
  readonly note?: string;
}

/** A part of the operators’ matters: its heading, and its table. */
export const TitledTable = <Row,>({ title, note, ...table }: TitledProps<Row>) => (
  <>
    <h3>{title}</h3>
    {note && <p>{note}</p>}
    <Table caption={title} {...table} />
  </>
);
