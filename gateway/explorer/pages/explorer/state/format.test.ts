import { parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { format } from './format.ts';

const lines = (...texts: string[]) => `${texts.join('\n')}\n`;

describe('format', () => {
  it('writes a document as graphql prints it', () => {
    const query = 'query A($id: ID!) { event(id: $id) { title, kind } } fragment F on Event { id }';
    expect(format(query)).toBe(`${print(parse(query))}\n`);
  });

  it('keeps comments above and behind what they are about', () => {
    expect(
      format(`# first
        query A { # who
          partners { code # of the partner
            # its name
            name }
        # last
        }
        # end`),
    ).toBe(
      lines(
        '# first',
        'query A { # who',
        '  partners {',
        '    code # of the partner',
        '    # its name',
        '    name',
        '  }',
        '# last',
        '}',
        '# end',
      ),
    );
  });

  it('keeps them where printing leaves out a word, and in a list of arguments', () => {
    expect(format('# any\nquery { query { id # it\n } }')).toBe(
      lines('# any', '{', '  query {', '    id # it', '  }', '}'),
    );
    expect(format('query { # all\n events(first: 1 # one\n) { totalCount } }')).toBe(
      lines('{ # all', '  events(first: 1) { # one', '    totalCount', '  }', '}'),
    );
  });

  it('changes nothing that it has formatted', () => {
    const once = format('# a\nquery B { x # b\n y(text: """\n # no comment\n""") }') ?? '';
    expect(once).toContain('# a\n');
    expect(format(once)).toBe(once);
  });

  it('is undefined while the document has an error', () => {
    expect(format('query {')).toBeUndefined();
    expect(format('"')).toBeUndefined();
  });
});
