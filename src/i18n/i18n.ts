import { createInstance, type i18n as I18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language } from '../../workers/captioner/contract.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';

export const LANGUAGES = ['ko', 'en'] as const satisfies readonly Language[];

/** The page's words. Both languages are in the bundle: together they are a few kilobytes. */
export function createI18n(language: Language): I18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, ko: { translation: ko } },
    initAsync: false,
    interpolation: { escapeValue: false }, // React escapes
  });
  return instance;
}

/** The first language of the browser that we have; English for everyone else. */
export function browserLanguage(languages: readonly string[]): Language {
  for (const tag of languages) {
    const found = LANGUAGES.find((language) => tag.toLowerCase().split('-')[0] === language);
    if (found) return found;
  }
  return 'en';
}
