import { type i18n as I18n } from 'i18next';
import { type Language } from '../../workers/captioner/contract.ts';

/** Tells browser and screen reader which language the page is in. */
export function showLanguage(i18n: I18n, language: Language): void {
  document.documentElement.lang = language;
  document.title = i18n.t('app.title', { lng: language });
}
