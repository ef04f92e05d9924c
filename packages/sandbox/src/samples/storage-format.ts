import { escapeXml } from '../site/body-links.ts';

/** Short ways to write Confluence's storage format. Text arguments are markup unless said so. */

export function p(...texts: string[]): string {
  return texts.map((text) => `<p>${text}</p>`).join('');
}

export function h(level: 1 | 2 | 3 | 4 | 5 | 6, text: string): string {
  return `<h${level}>${text}</h${level}>`;
}

export function ul(...items: string[]): string {
  return `<ul>${items.map((item) => `<li>${wrap(item)}</li>`).join('')}</ul>`;
}

export function ol(...items: string[]): string {
  return `<ol start="1">${items.map((item) => `<li>${wrap(item)}</li>`).join('')}</ol>`;
}

/** A table whose first row is its head. Cells that are `th` or `td` already are taken as they are. */
export function table(head: readonly string[], ...rows: (readonly string[])[]): string {
  const row = (tag: string, cells: readonly string[]): string =>
    `<tr>${cells.map((cell) => (/^<t[hd]\b/.test(cell) ? cell : `<${tag}>${wrap(cell)}</${tag}>`)).join('')}</tr>`;
  const body = [row('th', head), ...rows.map((cells) => row('td', cells))].join('');
  return `<table data-layout="default"><tbody>${body}</tbody></table>`;
}

/** A macro with parameters and a body of markup. */
export function macro(
  name: string,
  parameters: Readonly<Record<string, string>> = {},
  body?: string,
): string {
  const rich = body === undefined ? '' : `<ac:rich-text-body>${body}</ac:rich-text-body>`;
  return `<ac:structured-macro ac:name="${name}" ac:schema-version="1">${parametersOf(parameters)}${rich}</ac:structured-macro>`;
}

/** A macro whose body is plain text, e.g. `code`. */
export function plainMacro(
  name: string,
  parameters: Readonly<Record<string, string>>,
  text: string,
): string {
  const body = `<ac:plain-text-body>${cdata(text)}</ac:plain-text-body>`;
  return `<ac:structured-macro ac:name="${name}" ac:schema-version="1">${parametersOf(parameters)}${body}</ac:structured-macro>`;
}

export function code(language: string, text: string, title?: string): string {
  return plainMacro('code', { language, ...(title === undefined ? {} : { title }) }, text);
}

export function panel(kind: 'info' | 'note' | 'warning' | 'tip', body: string): string {
  return macro(kind, {}, wrap(body));
}

export function expand(title: string, body: string): string {
  return macro('expand', { title }, wrap(body));
}

export function status(title: string, colour: string): string {
  return macro('status', { title, colour });
}

/** A link to a page by its title (plain text), shown with its title or another text. */
export function link(
  title: string,
  options: { space?: string; text?: string; anchor?: string } = {},
): string {
  const { space, text, anchor } = options;
  const key = space === undefined ? '' : ` ri:space-key="${space}"`;
  const target = anchor === undefined ? '' : ` ac:anchor="${escapeXml(anchor)}"`;
  const shown = text === undefined ? '' : `<ac:link-body>${text}</ac:link-body>`;
  return `<ac:link${target}><ri:page${key} ri:content-title="${escapeXml(title)}" />${shown}</ac:link>`;
}

export function a(href: string, text: string): string {
  return `<a href="${escapeXml(href)}">${text}</a>`;
}

export function mention(accountId: string): string {
  return `<ac:link><ri:user ri:account-id="${accountId}" /></ac:link>`;
}

export function image(file: string, alt: string): string {
  return `<ac:image ac:width="640" ac:alt="${escapeXml(alt)}"><ri:attachment ri:filename="${escapeXml(file)}" /></ac:image>`;
}

export function emoji(shortName: string, character: string): string {
  return `<ac:emoticon ac:name="blue-star" ac:emoji-shortname=":${shortName}:" ac:emoji-fallback="${character}" />`;
}

export function date(day: string): string {
  return `<time datetime="${day}" />`;
}

/** A task list from `[done, text]` pairs. */
export function tasks(...items: (readonly [isDone: boolean, text: string])[]): string {
  const list = items.map(
    ([isDone, text], index) =>
      `<ac:task><ac:task-id>${index + 1}</ac:task-id><ac:task-status>${isDone ? 'complete' : 'incomplete'}</ac:task-status><ac:task-body><span class="placeholder-inline-tasks">${text}</span></ac:task-body></ac:task>`,
  );
  return `<ac:task-list>${list.join('')}</ac:task-list>`;
}

function parametersOf(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `<ac:parameter ac:name="${name}">${escapeXml(value)}</ac:parameter>`)
    .join('');
}

/** Plain text as Confluence writes it in macros: a `]]>` inside ends one section and starts another. */
function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

function wrap(markup: string): string {
  return markup.startsWith('<') && !/^<(strong|em|code|ac:link|a |time|ac:emoticon)/.test(markup)
    ? markup
    : `<p>${markup}</p>`;
}
