import { expect } from 'vitest';
import type { Story, Who } from './story.js';

const kinds = ['INVITATION_LETTER', 'VISA', 'TICKET', 'INSURANCE', 'CONSENT'];

/** A person, by name, with a group, and the mutation of her own side. */
interface Traveller {
  readonly who: Who;
  readonly name: string;
  readonly group: string;
}

const inputOf = (story: Story, { who, name, group }: Traveller) => ({
  [who === 'ncm' ? 'delegate' : 'officer']: story.of(name),
  group: story.of(group),
});

const mutationOf = ({ who }: Traveller): string =>
  who === 'ncm' ? 'recordDelegateFormality' : 'recordOfficerFormality';

export async function recordFormality(
  story: Story,
  traveller: Traveller,
  formality: { readonly kind: string; readonly status: string; readonly on: string },
): Promise<void> {
  const input = { ...inputOf(story, traveller), ...formality };
  await story.done(traveller.who, mutationOf(traveller), input);
}

/** Settles all five formalities of a traveller, whose side has to complete them until the last. */
export async function completeFormalities(
  story: Story,
  traveller: Traveller,
  on: string,
): Promise<void> {
  const task = `COMPLETE_FORMALITIES ${story.of(traveller.name)}`;
  await story.finish(traveller.who, task, async () => {
    for (const kind of kinds) {
      const status = kind === 'TICKET' ? 'NOT_NEEDED' : 'RECEIVED';
      await recordFormality(story, traveller, { kind, status, on });
    }
  });
}

const formalityWarnings = async (story: Story, group: string): Promise<string[]> =>
  (await story.warnings(story.of(group))).filter((text) => text.includes('formalities'));

export const expectOpen = async (story: Story, group: string, open: number): Promise<void> => {
  const selection = 'formalitiesOpen';
  expect(await story.see('nbnp', 'group', story.of(group), selection)).toBe(open);
  const warnings = await formalityWarnings(story, group);
  expect(warnings).toEqual(open === 0 ? [] : [expect.stringContaining(` ${open} formalities`)]);
};
