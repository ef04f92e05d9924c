import { storageToMarkdown } from '../storage/storage-to-markdown.ts';
import { references } from './references.ts';

/** The Markdown of a body, without its last line feed. */
export function convert(storage: string): string {
  return storageToMarkdown(storage, references).markdown.trimEnd();
}

/** What Markdown could not say of a body. */
export function lostBy(storage: string): string[] {
  return storageToMarkdown(storage, references).lossy.map(({ construct }) => construct);
}

export function macro(name: string, content = ''): string {
  return `<ac:structured-macro ac:name="${name}" ac:schema-version="1">${content}</ac:structured-macro>`;
}

export function parameter(name: string, value: string): string {
  return `<ac:parameter ac:name="${name}">${value}</ac:parameter>`;
}

export function rich(content: string): string {
  return `<ac:rich-text-body>${content}</ac:rich-text-body>`;
}

export function plain(content: string): string {
  return `<ac:plain-text-body><![CDATA[${content}]]></ac:plain-text-body>`;
}
