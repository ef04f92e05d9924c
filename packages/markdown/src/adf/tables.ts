import { element, type Lowering, nest } from './lowered.ts';
import { isRecord, textOfAttribute, toArray } from './node.ts';

export const lowerTable: Lowering = ({ attrs, content }) => {
  const rows = attrs['isNumberColumnEnabled'] === true ? numbered(content) : content;
  return nest(rows, element('table'), element('tbody'));
};

/** Gives the lowering of a cell. */
export function cell(name: 'td' | 'th'): Lowering {
  return ({ attrs, content }) =>
    nest(
      content,
      element(name, {
        colspan: textOfAttribute(attrs['colspan']),
        rowspan: textOfAttribute(attrs['rowspan']),
      }),
    );
}

/** The editor counts the rows below the header; the storage format has the numbers as cells. */
function numbered(rows: readonly unknown[]): unknown[] {
  const first = isHeader(rows[0]) ? 0 : 1;
  return rows.map((row, index) => {
    if (!isRecord(row)) return row;
    return { ...row, content: [numberCell(first + index), ...toArray(row['content'])] };
  });
}

function numberCell(number: number): unknown {
  if (number === 0) return { type: 'tableHeader' };
  return { type: 'tableCell', content: [{ type: 'text', text: String(number) }] };
}

function isHeader(row: unknown): boolean {
  const cells = isRecord(row) ? toArray(row['content']) : [];
  return cells.every((each) => isRecord(each) && each['type'] === 'tableHeader');
}
