namespace Usher.Discord.Components;

/// <summary>What is wrong with a component, and what mends it.</summary>
/// <param name="Path">Where, as Discord's own errors name it: <c>components[0].components[2].label</c>.</param>
/// <param name="Message">A sentence for the one who writes the component.</param>
public sealed record ComponentFault(string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Message}";
}

/// <summary>Components that Discord would refuse.</summary>
public sealed class InvalidComponentsException : Exception
{
    internal InvalidComponentsException(IReadOnlyList<ComponentFault> faults) : base(string.Join('\n', faults)) => Faults = faults;

    /// <summary>All that is wrong.</summary>
    public IReadOnlyList<ComponentFault> Faults { get; }
}

/// <summary>
/// Discord's rules for components, checked before they are sent. Lengths are counted in UTF-16 units, which is never too kind. Unknown components pass.
/// <see href="https://discord.com/developers/docs/components/reference"/>
/// </summary>
public static class ComponentRules
{
    /// <summary>Components in a message, nested ones included.</summary>
    public const int MostInMessage = 40;

    /// <summary>Characters in all text displays of a message together.</summary>
    public const int MostText = 4000;

    /// <summary>Characters of a custom id.</summary>
    public const int LongestCustomId = 100;

    /// <summary>Buttons in a row.</summary>
    public const int MostButtonsInRow = 5;

    /// <summary>Options of a select.</summary>
    public const int MostOptions = 25;

    /// <summary>Characters of a button's label.</summary>
    public const int LongestButtonLabel = 80;

    /// <summary>Characters of an option's label, value or description.</summary>
    public const int LongestOptionText = 100;

    /// <summary>Components of a modal.</summary>
    public const int MostInModal = 5;

    /// <summary>Characters of a modal's title and of a label.</summary>
    public const int LongestTitle = 45;

    /// <summary>Characters of a text input.</summary>
    public const int LongestInput = 4000;

    /// <summary>What is wrong with the components of a message made of components alone; empty when nothing is.</summary>
    public static IReadOnlyList<ComponentFault> FaultsOfMessage(IReadOnlyList<Component> components) => new MessageCheck().Check(components);

    /// <summary>What is wrong with a modal; empty when nothing is. <see href="https://discord.com/developers/docs/components/using-modal-components"/></summary>
    public static IReadOnlyList<ComponentFault> FaultsOfModal(string customId, string title, IReadOnlyList<Component> components) =>
        new ModalCheck().Check(customId, title, components);

    /// <summary>The same components, when a message can be made of them.</summary>
    /// <exception cref="InvalidComponentsException">It cannot; all faults are named.</exception>
    public static IReadOnlyList<Component> ForMessage(IReadOnlyList<Component> components) => Without(FaultsOfMessage(components), components);

    /// <summary>The same components, when a modal can be made of them.</summary>
    /// <exception cref="InvalidComponentsException">It cannot; all faults are named.</exception>
    public static IReadOnlyList<Component> ForModal(string customId, string title, IReadOnlyList<Component> components) =>
        Without(FaultsOfModal(customId, title, components), components);

    private static IReadOnlyList<Component> Without(IReadOnlyList<ComponentFault> faults, IReadOnlyList<Component> components) =>
        faults.Count == 0 ? components : throw new InvalidComponentsException(faults);
}
