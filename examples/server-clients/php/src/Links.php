<?php
declare(strict_types=1);

namespace Refedge;

/** A referrer's links. $isNew is false when the referrer was signed up before. */
final class Links
{
    public function __construct(
        public readonly string $shareUrl,
        public readonly string $dashboardUrl,
        public readonly bool $isNew,
    ) {
    }
}
