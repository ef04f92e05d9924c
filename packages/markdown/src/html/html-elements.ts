/** Elements that have no end tag. */
export const voidElements: ReadonlySet<string> = new Set(
  'area base basefont br col embed frame hr img input link meta param source track wbr'.split(' '),
);

const blocks =
  'address article aside blockquote details div dl fieldset figcaption figure footer form header hr ' +
  'main nav ol pre section table ul';

const headings = 'h1 h2 h3 h4 h5 h6';

/** Which open elements a start tag ends, when they are the innermost: `<li>a<li>b`. */
export const impliedEnds: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    a: 'a',
    [blocks]: 'p',
    [headings]: `p ${headings}`,
    'dd dt': 'dd dt p',
    li: 'li p',
    optgroup: 'optgroup option',
    option: 'option',
    p: 'p',
    'rp rt': 'rp rt',
    'tbody tfoot thead': 'p td th tr tbody tfoot thead',
    'td th': 'p td th',
    tr: 'p td th tr',
  }).flatMap(([names, ended]) =>
    names.split(' ').map((name) => [name, new Set(ended.split(' '))] as const),
  ),
);
