import { dialogs } from './dialogs/ar.js';
import { forms } from './forms.js';
import { translated } from './translate-page.js';

/** @import { Texts } from './english.js' */

const { number, plural, list } = forms('ar');

// The right-to-left mark: a number after the name of a model is not a part of it.
const RLM = '\u200F';
const NEW_CHAT = 'محادثة جديدة';
const GENERAL = 'حدث خطأ ما. يُرجى المحاولة مرة أخرى.';
const TOO_LONG = 'هذه المحادثة طويلة جدًا. يُرجى بدء محادثة جديدة.';
const MISMATCH = 'هذه الصفحة وخدمة الدردشة غير متوافقتين. يُرجى إعادة تحميل الصفحة.';
const UNAUTHORISED = 'يتعذر الوصول إلى خدمة الدردشة (يلزم الحصول على إذن).';
const ORIGIN = 'هذه البيئة غير مصرَّح لها باستخدام خدمة الدردشة.';
const RATE_LIMITED = 'طلبات كثيرة جدًا. يُرجى الانتظار قليلًا ثم المحاولة مرة أخرى.';
const OVERLOADED = 'خدمة الدردشة مشغولة. يُرجى المحاولة مرة أخرى بعد قليل.';
const TIMEOUT = 'يستغرق النموذج وقتًا طويلًا. يُرجى المحاولة مرة أخرى.';
const byte = plural({
  zero: '# بايت',
  one: 'بايت واحد',
  two: 'بايتان',
  few: '# بايتات',
  many: '# بايتًا',
  other: '# بايت',
});
const word = plural({
  zero: 'بلا كلمات',
  one: 'كلمة واحدة',
  two: 'كلمتان',
  few: '# كلمات',
  many: '# كلمة',
  other: '# كلمة',
});

/** Modern Standard Arabic. @type {Texts} */
export const texts = {
  page: {
    language: 'ar',
    direction: 'rtl',
    name: 'Minimal Chatbot',
    shortName: 'دردشة',
    description: 'دردشة بسيطة وسريعة. تبقى المحادثات في هذا المتصفح.',
    conversations: 'المحادثات',
    conversation: 'المحادثة',
    newChat: NEW_CHAT,
    search: 'بحث',
    searchConversations: 'البحث في المحادثات',
    settings: 'الإعدادات',
    greeting: 'كيف يمكنني مساعدتك؟',
    latest: 'الانتقال إلى الأحدث',
    message: 'الرسالة',
    messagePlaceholder: 'اسأل عن أي شيء',
    attach: 'إرفاق ملفات نصية',
    send: 'إرسال',
    hint: { sendKey: 'Enter', send: 'للإرسال', lineKey: 'Shift+Enter', line: 'لسطر جديد' },
    suggestions: 'اقتراحات',
    suggestionTexts: [
      'ماذا يمكنك أن تفعل؟',
      'قارن بين الشاي والقهوة في جدول',
      'اكتب قصيدة هايكو عن الجداول',
    ],
    privacy: 'تبقى المحادثات في هذا المتصفح.',
    disclosure: 'إجابات {{title}} يولّدها الذكاء الاصطناعي وقد تكون خاطئة.',
    disclosureProvider: 'تُرسَل الرسائل إلى {{provider}}.',
    notices: {
      notLoaded: 'تعذَّر تحميل جزء من هذه الصفحة.',
      offline: 'أنت غير متصل بالإنترنت. سيُحفَظ ما تكتبه.',
      cleared: 'مسح هذا المتصفح المحادثات التي كانت محفوظة فيه.',
      noScript: 'تعمل هذه الدردشة في المتصفح وتحتاج إلى JavaScript.',
    },
  },
  strings: {
    you: 'أنت',
    assistant: 'المساعد',
    send: 'إرسال',
    sendAfterAnswer: 'الإرسال بعد هذه الإجابة',
    hintSend: 'للإرسال',
    hintAfterAnswer: 'للإرسال بعد هذه الإجابة',
    stop: 'إيقاف',
    newChat: NEW_CHAT,
    edit: 'تعديل',
    editMessage: 'تعديل الرسالة',
    cancel: 'إلغاء',
    reload: 'إعادة التحميل',
    fileSize: bytes =>
      bytes < 1000 ? byte(bytes) : `${number(bytes / 1024, bytes < 10_240 ? 1 : 0)} كيلوبايت`,
    offline: 'غير متصل بالإنترنت',
    online: 'عاد الاتصال بالإنترنت',
    spoken: {
      sent: 'تم إرسال الرسالة',
      answering: 'جارٍ الرد',
      stillAnswering: 'ما زال الرد جاريًا',
      stopped: 'تم الإيقاف',
      interrupted: 'انقطعت الإجابة',
      restarted: 'بدأت الإجابة من جديد بنموذج آخر',
      waking: 'خدمة الدردشة قيد التشغيل',
    },
    errors: {
      general: GENERAL,
      offline: 'أنت غير متصل بالإنترنت. يُرجى المحاولة مرة أخرى عند عودة الاتصال.',
    },
  },
  turns: {
    copyAnswer: 'نسخ الإجابة',
    copied: 'تم النسخ',
    notCopied: 'تعذَّر النسخ',
    copyMessage: 'نسخ الرسالة',
    regenerate: 'إعادة الإنشاء',
    readAloud: 'القراءة بصوت عالٍ',
    stopReading: 'إيقاف القراءة',
    versions: 'النسخ',
    previousVersion: 'النسخة السابقة',
    nextVersion: 'النسخة التالية',
    version: (at, count) => `النسخة ${at} من ${count}`,
    versionOf: (turn, at, count) => `${turn}، ${at} من ${count}`,
    showAll: 'عرض الكل',
    showLess: 'عرض أقل',
    thinking: seconds => `جارٍ التفكير… ${seconds} ث`,
    meta: {
      firstText: seconds => `${RLM}${number(Number(seconds), 1)} ث حتى الكلمة الأولى`,
      speed: rate => `${RLM}${number(rate)} رمز/ث`,
      tokens: plural({
        zero: 'بلا رموز',
        one: 'رمز واحد',
        two: 'رمزان',
        few: `${RLM}# رموز`,
        many: `${RLM}# رمزًا`,
        other: `${RLM}# رمز`,
      }),
    },
  },
  storage: {
    notSaved: 'لا يسمح هذا المتصفح بحفظ المحادثات. ستبقى حتى إغلاق هذه الصفحة.',
    storageFull: 'لم تعد في هذا المتصفح مساحة للمحادثات: لم تُحفَظ الرسائل الأخيرة.',
    notRead: 'لا يستطيع هذا المتصفح قراءة بعض الرسائل المحفوظة.',
  },
  sidebar: {
    moreFor: title => `المزيد حول «${title}»`,
    noResults: 'لا توجد نتائج',
    periods: {
      pinned: 'المثبَّتة',
      today: 'اليوم',
      yesterday: 'أمس',
      previous7: 'آخر 7 أيام',
      previous30: 'آخر 30 يومًا',
    },
    answering: 'جارٍ الرد',
  },
  endings: {
    waking: 'خدمة الدردشة قيد التشغيل…',
    reconnecting: 'جارٍ إعادة الاتصال…',
    restarted: 'بدأت الإجابة من جديد بنموذج آخر.',
    continuationRestarted: 'بدأت بقية الإجابة من جديد بنموذج آخر.',
    notes: {
      stopped: 'تم الإيقاف',
      interrupted: 'انقطعت قبل اكتمال الإجابة.',
      incomplete: 'انتهت الإجابة قبل أوانها.',
      nothingAdded: 'لم يُضِف النموذج شيئًا.',
    },
    incompleteReasons: {
      max_output_tokens: 'بلغت الإجابة الحد الأقصى لطولها.',
      content_filter: 'أنهى مرشِّح المحتوى لدى المزوِّد الإجابة.',
      no_output: 'أجاب النموذج من دون أي نص.',
      cancelled: 'ألغى المزوِّد الإجابة.',
      other: 'أنهى المزوِّد الإجابة قبل أوانها.',
    },
    failures: {
      broken_off: 'انقطع الاتصال قبل اكتمال الإجابة.',
      unreachable: 'يتعذر الوصول إلى خدمة الدردشة. يُرجى المحاولة مرة أخرى بعد قليل.',
      not_found: MISMATCH,
      method_not_allowed: MISMATCH,
      unsupported_media_type: MISMATCH,
      invalid_request: 'الطلب غير صالح.',
      unauthorized: UNAUTHORISED,
      access_code_required: 'يُرجى إدخال رمز الدخول.',
      origin_not_allowed: ORIGIN,
      model_not_found: 'هذا النموذج غير متاح. يُرجى اختيار نموذج آخر.',
      resume_conflict: GENERAL,
      payload_too_large: TOO_LONG,
      context_too_long: TOO_LONG,
      rate_limited: RATE_LIMITED,
      overloaded: OVERLOADED,
      timeout: TIMEOUT,
      provider_error: GENERAL,
      internal: GENERAL,
    },
    accountRefused:
      'يرفض مزوِّد النموذج حساب خدمة الدردشة هذه أو إعداداتها. لا يستطيع تغيير ذلك إلا مشغِّلها.',
    copyRequestId: 'نسخ معرّف الطلب',
    continue: 'متابعة',
    retry: 'إعادة المحاولة',
    retryIn: seconds =>
      `إعادة المحاولة بعد ${seconds < 120 ? `${seconds} ث` : `${Math.ceil(seconds / 60)} د`}`,
  },
  responseErrors: {
    unauthorised: UNAUTHORISED,
    originNotAllowed: ORIGIN,
    tooLong: TOO_LONG,
    rateLimited: RATE_LIMITED,
    overloaded: OVERLOADED,
    timeout: TIMEOUT,
  },
  render: {
    copy: 'نسخ',
    copied: 'تم النسخ',
    failed: 'فشل',
    notCopied: 'فشل النسخ',
    copyCode: name => (name ? `نسخ شفرة ${name}` : 'نسخ الشفرة'),
    code: name => (name ? `شفرة ${name}` : 'شفرة'),
    lines: plural({
      zero: 'بلا أسطر',
      one: 'سطر واحد',
      two: 'سطران',
      few: '# أسطر',
      many: '# سطرًا',
      other: '# سطر',
    }),
    complete: words => (words > 0 ? `اكتملت الإجابة، ${word(words)}` : 'لا نص في الإجابة'),
    formula: 'صيغة رياضية',
    done: 'منجزة',
    toDo: 'غير منجزة',
    table: columns => `جدول: ${list(columns)}`,
    image: 'صورة: ',
  },
  activity: {
    thinking: 'جارٍ التفكير',
    thought: 'انتهى التفكير',
    thoughtFor: time => `فكَّر لمدة ${time}`,
    seconds: count => `${count} ث`,
    minutes: (minutes, seconds) => `${minutes} د و${seconds} ث`,
    reasoning: 'خطوات التفكير',
    shortened: 'حُذفت البداية.',
    searchingFor: 'جارٍ البحث عن: ',
    searchingWeb: 'جارٍ البحث في الويب',
    reading: 'جارٍ قراءة ',
    searchingDocuments: 'جارٍ البحث في المستندات',
    searchedFor: 'بحث عن: ',
    searchedWeb: 'بحث في الويب',
    read: 'قرأ ',
    searchedDocuments: 'بحث في المستندات',
    sources: count => `المصادر (${number(count)})`,
  },
  ...dialogs,
};

export default () => translated(texts);
