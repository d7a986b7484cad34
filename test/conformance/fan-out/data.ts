export interface Copy {
  readonly id: string;
  readonly shelf: string | null;
  readonly isbn: string;
  lentTo: string | null;
}

export const books = [
  { isbn: '1', title: 'Kalevipoeg' },
  { isbn: '2', title: 'Kalevala' },
  { isbn: '3', title: 'Edda' },
];

/** Shelves chosen so that the order by code points differs from any alphabet’s, and from UTF-16’s. */
const shelves = ['Ä', 'a', 'Z', 'z', '\u{1F4DA}', '\uFF5E', 'å', null];

const createCopies = (branch: string, count: number): Copy[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `${branch}:${index + 1}`,
    shelf: shelves[(index * 3 + branch.length) % shelves.length] ?? null,
    isbn: String((index % 3) + 1),
    lentTo: index % 4 === 0 ? 'reader' : null,
  }));

/** Each branch’s own copies. */
export const createBranches = (): Record<string, Copy[]> => ({
  north: createCopies('north', 11),
  south: createCopies('south', 4),
  east: createCopies('east', 7),
});
