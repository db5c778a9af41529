/* Expands each rule of rules.txt over ten years with libical, and prints nanoseconds for each occurrence. */
#include <libical/ical.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int expand(const char *rule, struct icaltimetype start, struct icaltimetype end) {
    struct icalrecurrencetype parsed = icalrecurrencetype_from_string(rule);
    icalrecur_iterator *iterator = icalrecur_iterator_new(parsed, start);
    int count = 0;
    struct icaltimetype next;
    if (!iterator) return 0;
    for (next = icalrecur_iterator_next(iterator);
         !icaltime_is_null_time(next) && icaltime_compare(next, end) < 0;
         next = icalrecur_iterator_next(iterator))
        count++;
    icalrecur_iterator_free(iterator);
    return count;
}

int main(int argc, char **argv) {
    FILE *file = fopen(argc > 1 ? argv[1] : "rules.txt", "r");
    struct icaltimetype start = icaltime_from_string("20260105T090000");
    struct icaltimetype end = icaltime_from_string("20360105T090000");
    char line[1024], name[256], rule[512];
    if (!file) return 1;
    while (fgets(line, sizeof line, file)) {
        int each, done = 0;
        double begin;
        if (sscanf(line, "%255s %511s", name, rule) != 2) continue;
        each = expand(rule, start, end);
        begin = now();
        while (now() - begin < 0.3) done += expand(rule, start, end);
        printf("%s\t%d\t%.1f\n", name, each, done ? (now() - begin) * 1e9 / done : 0.0);
    }
    fclose(file);
    return 0;
}
