/** What a server says at `/metrics`. */
export interface ReadMetrics {
  readonly text: string;
  /** The value of `name{label="value"}`, as Prometheus writes it. Undefined if it is not there. */
  valueOf(series: string): number | undefined;
  /** The labels of all series. */
  readonly labels: readonly (readonly [name: string, value: string])[];
}

export async function readMetrics(url: string): Promise<ReadMetrics> {
  const response = await fetch(new URL('/metrics', url));
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${response.status}: ${text}`);
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const values = new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
  const labels = [...text.matchAll(/[{,](\w+)="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  return { text, valueOf: (series) => values.get(series), labels };
}
