<?php
declare(strict_types=1);

// Loads the classes of this folder without Composer: require 'refedge.php';
spl_autoload_register(static function (string $class): void {
    if (str_starts_with($class, 'Refedge\\')) {
        require __DIR__ . '/src/' . substr($class, strlen('Refedge\\')) . '.php';
    }
});
