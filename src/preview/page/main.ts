document.title = 'Paperboy preview';
