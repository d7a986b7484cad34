/** What the reader has selected to see its facts. */
export type Chosen =
  | { readonly type: 'party'; readonly id: string }
  | { readonly type: 'contact'; readonly key: string }
  | { readonly type: 'event'; readonly id: string }
  | { readonly type: 'city'; readonly id: string };

export type Choose = (chosen: Chosen | undefined) => void;
