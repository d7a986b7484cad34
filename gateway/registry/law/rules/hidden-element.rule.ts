import type { Mark } from '../composed-graph.js';
import { ownersOfElement } from '../ownership.js';
import type { Refusal, Rule } from '../rule.js';

/** A refusal for each element that has the directive now, and did not have it before. */
const findMarked =
  (directive: string, describe: (mark: Mark) => Pick<Refusal, 'message' | 'accepted'>): Rule =>
  ({ candidate, before, after }) => {
    const known = new Set(
      before.marks.filter((mark) => mark.directive === directive).map(({ element }) => element),
    );
    return after.marks
      .filter((mark) => mark.directive === directive && !known.has(mark.element))
      .flatMap((mark) => {
        const all = ownersOfElement(before, mark.element);
        const owners = all.filter((owner) => owner !== candidate);
        // What a contract promises stays visible, even if it is the candidate’s own.
        const isPromised = directive === 'inaccessible' && all.length > 0;
        if (owners.length === 0 && !isPromised) return [];
        return [{ rule: directive, element: mark.element, owners, ...describe(mark) }];
      });
  };

/** `@inaccessible` takes an element away from every client. */
export const inaccessible = findMarked('inaccessible', ({ element }) => ({
  message: `${element} is hidden from all clients by @inaccessible.`,
  accepted: '@inaccessible is allowed on elements that only this schema has, beyond its contract.',
}));

/** `@tag` marks an element for others’ rules. Only the owner of an element decides about those. */
export const tag = findMarked('tag', ({ element }) => ({
  message: `${element} has a @tag, and another partner has a part in it.`,
  accepted: '@tag is allowed on elements that only this schema has.',
}));
