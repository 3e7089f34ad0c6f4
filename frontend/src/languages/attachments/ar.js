import { forms } from '../forms.js';

/** @import { Texts } from '../english.js' */

const { number, plural, and, two } = forms('ar');

const image = plural({
  zero: 'لا صور',
  one: 'صورة واحدة',
  two: 'صورتان',
  few: '# صور',
  many: '# صورة',
  other: '# صورة',
});
const pdf = plural({
  zero: 'لا ملفات PDF',
  one: 'ملف PDF واحد',
  two: 'ملفا PDF',
  few: '# ملفات PDF',
  many: '# ملف PDF',
  other: '# ملف PDF',
});
const withoutThem = plural({
  zero: 'بدونها',
  one: 'بدونه',
  two: 'بدونهما',
  few: 'بدونها',
  many: 'بدونها',
  other: 'بدونها',
});

/** @type {Texts['attachments']} */
export const attachments = {
  list: 'مرفقات هذه الرسالة',
  attach: accepts =>
    `إرفاق ${and([accepts.includes('images') && 'صور', accepts.includes('files') && 'ملف PDF', 'ملفات نصية'])}`,
  camera: 'التقاط صورة',
  preparing: name => `جارٍ تجهيز ${name}`,
  added: two(image, pdf, texts => `أُرفق بالرسالة: ${and(texts)}`),
  open: name => `عرض ${name}`,
  remove: name => `إزالة ${name}`,
  removed: name => `أُزيل ${name}`,
  removedHere: name => `أُزيل ${name} من هذه المحادثة.`,
  undo: 'تراجع',
  restored: name => `عاد ${name} إلى هذه المحادثة`,
  pages: plural({
    zero: 'لا صفحات',
    one: 'صفحة واحدة',
    two: 'صفحتان',
    few: '# صفحات',
    many: '# صفحة',
    other: '# صفحة',
  }),
  size: (width, height) => `${width} × ${height}`,
  description: 'الوصف (اختياري)',
  descriptionNote: 'لمن يستخدمون قارئ شاشة. يبقى في هذا المتصفح.',
  takeOut: 'إزالة من هذه المحادثة',
  removeHere: 'إزالة',
  download: 'تنزيل',
  close: 'إغلاق',
  notSent: {
    earlier: 'لم يعد يُرسَل إلى النموذج',
    refused: 'تعذَّر على النموذج قراءته: لن يُرسَل مرة أخرى',
    textOnly: 'لم يُرسَل: لا تقبل هذه الدردشة الآن سوى النصوص',
  },
  attached: 'المرفقات',
  takenOut: 'أُزيل من هذه المحادثة',
  problems: {
    textOnly: name => `لم يُرفَق ${name}: لا تقبل هذه الدردشة سوى الملفات النصية.`,
    noImages: name => `لم يُرفَق ${name}: لا تقبل هذه الدردشة الصور.`,
    noFiles: name => `لم يُرفَق ${name}: لا تقبل هذه الدردشة ملفات PDF.`,
    unknown: name =>
      `لم يُرفَق ${name}: لم توضِّح خدمة الدردشة بعد هل تقبل مثل هذه الملفات. يُرجى المحاولة مرة أخرى.`,
    notLoaded: name => `لم يُرفَق ${name}: تعذَّر تحميل جزء من هذه الصفحة. يُرجى المحاولة مرة أخرى.`,
    protectedCanvas: name =>
      `لم يُرفَق ${name}: تُغيِّر حماية هذا المتصفح من أخذ البصمة الرقمية الصور. يُرجى السماح لهذه الصفحة باستخدام لوحة الرسم (canvas) ثم المحاولة مرة أخرى.`,
    svg: name => `الملف ${name} بتنسيق SVG، ولا يمكن إرساله كصورة. يُرجى إرساله بتنسيق PNG أو JPEG.`,
    notImage: name =>
      `الملف ${name} ليس صورة بتنسيق JPEG أو PNG أو GIF أو WebP أو AVIF أو HEIC أو BMP.`,
    undecodable: (name, format) =>
      `لا يستطيع هذا المتصفح قراءة ${format}: يُرجى إرسال ${name} بتنسيق JPEG.`,
    broken: name => `الملف ${name} تالف: لا يستطيع هذا المتصفح قراءته.`,
    tooSlow: name =>
      `لم يُرفَق ${name}: يستغرق هذا المتصفح وقتًا طويلًا جدًا لقراءته. يُرجى إرسال صورة أصغر.`,
    pdfTooLarge: (name, most) => `حجم ${name} أكبر من ${number(most)} ميغابايت.`,
    tooMany: two(
      count => `تتسع الرسالة لأربع صور على الأكثر. ما لم يُرفَق: ${image(count)}.`,
      count => `تتسع الرسالة لملف PDF واحد. ما لم يُرفَق: ${pdf(count)}.`,
      texts => texts.join(' '),
    ),
  },
  refused: names =>
    `تعذَّر على النموذج قراءة ${and(names)}. زر «إعادة المحاولة» يرسل الرسالة ${withoutThem(names.length)}.`,
};
