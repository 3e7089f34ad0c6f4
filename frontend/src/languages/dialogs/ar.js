import { MAX_CONVERSATION_MB } from '../../import/limits.js';
import { attachments } from '../attachments/ar.js';
import { forms } from '../forms.js';

/** @import { DialogTexts } from '../english.js' */

const { number, plural } = forms('ar');

const NOTHING = 'لم يُستورَد شيء.';
const READABLE = 'يمكن استيراد صادرات هذه الصفحة وChatGPT وClaude وLibreChat وOpen WebUI.';
const result = plural({
  zero: 'لا نتائج',
  one: 'نتيجة واحدة',
  two: 'نتيجتان',
  few: '# نتائج',
  many: '# نتيجة',
  other: '# نتيجة',
});
const conversation = {
  zero: 'لا محادثات',
  one: 'محادثة واحدة',
  two: 'محادثتان',
  few: '# محادثات',
  many: '# محادثة',
  other: '# محادثة',
};

/** The conversations of a count, with a text around them. @param {(conversations: string) => string} around */
function conversations(around) {
  const entries = Object.entries(conversation).map(([category, text]) => [category, around(text)]);
  return plural(Object.fromEntries(entries));
}

/** Skipped conversations. @param {string} reason */
function skipped(reason) {
  return conversations(text => `تم تخطي ${text.replace('محادثتان', 'محادثتين')}: ${reason}`);
}

/** @type {DialogTexts} */
export const dialogs = {
  options: {
    model: 'النموذج',
    modelLeft: (model, other) => `لم يعد ${model} متاحًا. تستمر هذه المحادثة مع ${other}.`,
    webSearch: 'البحث في الويب',
    webSearchTitle: 'البحث في الويب: يُرسَل سؤالك إلى محرك بحث أيضًا',
  },
  accessCode: {
    title: 'رمز الدخول',
    description: 'هذه الدردشة لمن لديهم رمز. رسالتك محفوظة.',
    confirm: 'متابعة',
    cancel: 'إلغاء',
    wrong: 'هذا الرمز غير صالح.',
    tooMany: 'رموز خاطئة كثيرة جدًا. يُرجى الانتظار دقيقة.',
    failed: 'تعذَّر التحقق من الرمز. يُرجى المحاولة مرة أخرى.',
  },
  embed: { openInTab: 'الفتح في علامة تبويب مستقلة', closeChat: 'إغلاق الدردشة' },
  onDemand: {
    conversations: {
      rename: 'إعادة التسمية',
      export: 'تصدير',
      exportTitle: title => `تصدير «${title}»`,
      exportMarkdown: 'Markdown كما هو معروض',
      sources: 'المصادر',
      exportJson: 'JSON مع جميع النسخ',
      titleField: 'العنوان',
      pin: 'تثبيت',
      unpin: 'إلغاء التثبيت',
      remove: 'حذف',
      removed: () => 'حُذفت المحادثة',
      removedAll: conversations(text => `تم حذف ${text.replace('محادثتان', 'محادثتين')}`),
      removedElsewhere: () => 'حُذفت هذه المحادثة في علامة تبويب أخرى.',
      undo: 'تراجع',
      results: result,
    },
    waiting: {
      name: 'رسائل في الانتظار',
      waits: 'ستُرسَل بعد هذه الإجابة',
      edit: 'تعديل',
      remove: 'إزالة',
      editText: text => `تعديل «${text}»`,
      removeText: text => `إزالة «${text}»`,
      added: 'تنتظر رسالتك نهاية هذه الإجابة',
      removed: 'أُزيلت الرسالة',
      returned: 'لم تُرسَل: عادت رسالتك إلى الحقل',
    },
    attach: {
      attached: plural({
        zero: 'لم يُرفَق أي ملف',
        one: 'أُرفق ملف واحد',
        two: 'أُرفق ملفان',
        few: 'أُرفقت # ملفات',
        many: 'أُرفق # ملفًا',
        other: 'أُرفق # ملف',
      }),
      notText: name => `${name} ليس ملفًا نصيًا.`,
      tooLarge: (name, most) => `حجم ${name} أكبر من ${number(most)} كيلوبايت.`,
    },
    keyNames: { control: 'Ctrl', shift: 'Shift', escape: 'Esc' },
    speech: {
      noVoice:
        'لم تُقرأ الإجابة: لا يوجد على هذا الجهاز صوت خاص به للغة هذا المتصفح. وأي صوت آخر سيُرسل الإجابة إلى خدمة.',
    },
    palette: {
      name: 'الأوامر',
      placeholder: 'البحث في المحادثات والأوامر',
      results: 'الأوامر والمحادثات',
      commands: 'الأوامر',
      conversations: 'المحادثات',
      yesterday: 'أمس',
      noResults: 'لا توجد نتائج',
      resultCount: result,
      sidebar: 'إظهار المحادثات أو إخفاؤها',
      editLast: 'تعديل رسالتك الأخيرة',
      light: 'المظهر الفاتح',
      dark: 'المظهر الداكن',
      system: 'استخدام مظهر النظام',
    },
    settings: {
      name: 'الإعدادات',
      close: 'إغلاق',
      theme: 'المظهر',
      themes: { system: 'النظام', light: 'فاتح', dark: 'داكن' },
      instructions: {
        name: 'تعليمات للنموذج',
        all: 'في جميع المحادثات',
        here: 'في هذه المحادثة',
        placeholder: 'ما ينبغي أن يعرفه، وكيف ينبغي أن يجيب',
        count: (length, most) => `الأحرف: ${number(length)} من ${number(most)}`,
      },
      conversations: 'المحادثات',
      exportAll: 'تصدير الكل',
      exportFailed: 'لم يكتمل التصدير.',
      import: 'استيراد',
      removeAll: 'حذف الكل',
      confirmRemoval: plural({
        zero: 'هل تريد حذف جميع المحادثات؟',
        one: 'هل تريد حذف المحادثة؟',
        two: 'هل تريد حذف المحادثتين؟',
        few: 'هل تريد حذف المحادثات الـ# كلها؟',
        many: 'هل تريد حذف المحادثات الـ# كلها؟',
        other: 'هل تريد حذف المحادثات الـ# كلها؟',
      }),
      removalScope: 'ستُحذَف من هذا المتصفح، ومن علامات التبويب الأخرى فيه أيضًا.',
      cancel: 'إلغاء',
      spokenAnswers: 'ما يقرؤه قارئ الشاشة من الإجابة',
      spoken: { full: 'كلها', first: 'جملتها الأولى', complete: 'أنها اكتملت فقط' },
      keysName: 'اختصارات لوحة المفاتيح',
      keys: {
        palette: 'البحث والأوامر',
        newChat: 'محادثة جديدة',
        sidebar: 'إظهار المحادثات أو إخفاؤها',
        stop: 'إغلاق أو إيقاف',
        focusMessage: 'الانتقال إلى حقل الرسالة',
        editLast: 'تعديل رسالتك الأخيرة ما دام الحقل فارغًا',
        settings: 'الإعدادات واختصارات لوحة المفاتيح',
      },
    },
  },
  import: {
    placeholders: { image: 'صورة', audio: 'صوت', file: 'ملف' },
    progress: 'جارٍ الاستيراد…',
    cancel: 'إلغاء الاستيراد',
    failed: `لم يكتمل الاستيراد. ${NOTHING}`,
    refused: {
      cancelled: () => `أُلغي الاستيراد. ${NOTHING}`,
      damaged: file =>
        `الملف ${file} ليس تصديرًا لمحادثات، أو أنه تالف أو غير مكتمل. ${NOTHING} يُرجى تصديره أو تنزيله من جديد.`,
      unknown: file => `لا توجد محادثات في ${file}. ${NOTHING} ${READABLE}`,
      unsupported: (file, product) =>
        `الملف ${file} تصدير من ${product}، ولا يمكن قراءته هنا. ${NOTHING} ${READABLE}`,
      newer: (file, version) =>
        `الملف ${file} تصدير بالإصدار ${version}، كتبه إصدار أحدث من هذه الصفحة. ${NOTHING} يُرجى إعادة تحميل هذه الصفحة لتحديثها ثم المحاولة مرة أخرى.`,
      zip: file =>
        `لا توجد محادثات قابلة للقراءة في ${file}. ${NOTHING} يُرجى فك ضغطه واختيار الملف conversations.json منه.`,
      full: () =>
        `لم تعد في هذا المتصفح مساحة لهذه المحادثات. ${NOTHING} يُرجى حذف بعض المحادثات أو تحرير مساحة على القرص.`,
      unsaved: () => `لا يسمح هذا المتصفح بحفظ المحادثات. ${NOTHING}`,
    },
    imported: conversations(text => `تم استيراد ${text.replace('محادثتان', 'محادثتين')}.`),
    instructions: 'استُورِدت تعليماتك للنموذج أيضًا.',
    known: plural({
      zero: 'لم تكن أي منها هنا من قبل.',
      one: 'واحدة منها كانت هنا من قبل.',
      two: 'اثنتان منها كانتا هنا من قبل.',
      few: '# منها كانت هنا من قبل.',
      many: '# منها كانت هنا من قبل.',
      other: '# منها كانت هنا من قبل.',
    }),
    skipped: {
      empty: skipped('بلا رسائل.'),
      unreadable: skipped('تالفة.'),
      tooLarge: skipped(`أكبر من ${MAX_CONVERSATION_MB} ميغابايت.`),
    },
    omitted: plural({
      zero: 'لم تُترَك أي صور أو ملفات أخرى.',
      one: 'تُركت صورة واحدة أو ملف آخر.',
      two: 'تُركت صورتان أو ملفان آخران.',
      few: 'تُركت # صور أو ملفات أخرى.',
      many: 'تُركت # صورة أو ملفًا آخر.',
      other: 'تُركت # صورة أو ملف آخر.',
    }),
  },
  attachments,
};
