import { digestOf, makeFolder, replaceFile } from '@hub/shared/system';
import { lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { proposalSchema, type Proposal } from './proposal.js';

/** The proposals of a hub, one file each. They stay: an adopted one says what a contract was. */
export interface ProposalStore {
  /** The numbers of all files, the newest first. A file need not be whole. */
  listNumbers(): readonly number[];
  /** Changes when a file does. */
  stampOf(number: number): number;
  /** The newest first. A file that cannot be read is left out. */
  list(): readonly Proposal[];
  /** Undefined if there is none, or its file cannot be read. */
  read(number: number): Proposal | undefined;
  /** Writes the next proposal. */
  add(content: Omit<Proposal, 'number'>): Promise<Proposal>;
  update(proposal: Proposal): Promise<void>;
}

const fileForm = /^(\d{6,})\.json$/;

export function createProposalStore(folder: string): ProposalStore {
  const pathOf = (number: number) => join(folder, `${String(number).padStart(6, '0')}.json`);
  const print = (proposal: Proposal) => `${JSON.stringify(proposal, null, 2)}\n`;

  function listNumbers(): number[] {
    try {
      const names = readdirSync(folder).flatMap((name) => fileForm.exec(name)?.[1] ?? []);
      return names.map(Number).toSorted((a, b) => b - a);
    } catch {
      return [];
    }
  }

  function read(number: number): Proposal | undefined {
    try {
      const proposal = proposalSchema.parse(JSON.parse(readFileSync(pathOf(number), 'utf8')));
      return proposal.hash === digestOf(proposal.sdl) && proposal.number === number
        ? proposal
        : undefined;
    } catch {
      return undefined;
    }
  }

  return {
    listNumbers,
    stampOf: (number) => lstatSync(pathOf(number), { throwIfNoEntry: false })?.mtimeMs ?? 0,
    list: () => listNumbers().flatMap((number) => read(number) ?? []),
    read,
    async add(content) {
      makeFolder(folder);
      for (;;) {
        const proposal = { ...content, number: (listNumbers()[0] ?? 0) + 1 };
        try {
          // Takes the number. What is in the file comes whole.
          writeFileSync(pathOf(proposal.number), '', { flag: 'wx', mode: 0o600 });
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
          throw error;
        }
        await replaceFile(pathOf(proposal.number), print(proposal));
        return proposal;
      }
    },
    update: (proposal) => replaceFile(pathOf(proposal.number), print(proposal)),
  };
}
