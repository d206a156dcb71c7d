"""Who comes and for whom they speak: citizens, their cards, groups, representatives, who resembles whom."""
